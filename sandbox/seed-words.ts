/** A made-up shop. `sells` are the purposes of its QR codes. */
export interface Shop {
  name: string;
  city: string;
  sells: readonly string[];
}

export const SHOPS: readonly Shop[] = [
  {
    name: 'Annapurna Provision Stores',
    city: 'Pune',
    sells: ['Monthly ration', 'Home delivery', 'Counter 1'],
  },
  {
    name: 'Meher Textiles',
    city: 'Surat',
    sells: ['Wholesale lot', 'Invoice', 'Curtain order'],
  },
  {
    name: 'Saffron Lane Sweets',
    city: 'Jaipur',
    sells: ['Festival order', 'Wedding boxes', 'Counter 2'],
  },
  {
    name: 'Kaveri Coffee Works',
    city: 'Mysuru',
    sells: ['Table 7', 'Bean subscription', 'Counter 1'],
  },
  {
    name: 'Shri Ganesh Electricals',
    city: 'Nashik',
    sells: ['Repair charges', 'Invoice', 'Fan fitting'],
  },
  {
    name: 'Blue Lotus Pharmacy',
    city: 'Kochi',
    sells: ['Prescription', 'Home delivery', 'Counter 1'],
  },
  {
    name: 'Chandni Chowk Chaat House',
    city: 'Delhi',
    sells: ['Table 12', 'Party platter', 'Takeaway'],
  },
  {
    name: 'Himalaya Book Depot',
    city: 'Dehradun',
    sells: ['School set', 'Library order', 'Invoice'],
  },
  {
    name: 'Malabar Spice Traders',
    city: 'Kozhikode',
    sells: ['Wholesale lot', 'Gift hamper', 'Invoice'],
  },
  {
    name: 'Tulsi Organic Farms',
    city: 'Indore',
    sells: ['Weekly basket', 'Farm visit', 'Advance booking'],
  },
  {
    name: 'Nightingale Opticals',
    city: 'Kolkata',
    sells: ['Spectacles', 'Eye test', 'Repair charges'],
  },
  {
    name: 'Charminar Pearls',
    city: 'Hyderabad',
    sells: ['Necklace advance', 'Restringing', 'Invoice'],
  },
  {
    name: 'Sabarmati Cycle Mart',
    city: 'Ahmedabad',
    sells: ['Service', 'Cycle booking', 'Spare parts'],
  },
  {
    name: 'Konkan Fresh Catch',
    city: 'Ratnagiri',
    sells: ['Morning order', 'Restaurant supply', 'Home delivery'],
  },
  {
    name: 'Lakshmi Silk Palace',
    city: 'Kanchipuram',
    sells: ['Saree advance', 'Bridal set', 'Invoice'],
  },
  {
    name: 'Pink City Hardware',
    city: 'Jaipur',
    sells: ['Paint order', 'Site delivery', 'Invoice'],
  },
];

export const CUSTOMERS: readonly string[] = [
  'Aarav Kulkarni',
  'Diya Menon',
  'Kabir Sethi',
  'Ishita Banerjee',
  'Rohan Deshpande',
  'Meera Raghavan',
  'Farhan Qureshi',
  'Ananya Pillai',
  'Vikram Choudhary',
  'Sneha Patil',
  'Gurpreet Sandhu',
  'Lalitha Narayanan',
  'Joseph Kurian',
  'Zoya Merchant',
];

export const AMOUNTS: readonly number[] = [
  49, 99, 120, 149.5, 250, 349, 480, 525.75, 699, 850, 999, 1249, 1500, 1875.5, 2499, 3200, 4750, 6999, 12500,
  18999.99, 25000, 48250,
];
